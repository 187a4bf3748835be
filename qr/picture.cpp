#include "qr/picture.hpp"
