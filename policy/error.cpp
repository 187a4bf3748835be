#include "policy/error.hpp"
