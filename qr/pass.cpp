#include "qr/pass.hpp"
