#include "qr/digits.hpp"
