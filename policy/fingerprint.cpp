#include "policy/fingerprint.hpp"
