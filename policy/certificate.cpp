#include "policy/certificate.hpp"
