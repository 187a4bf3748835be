#include "qr/public_key.hpp"
