#include "policy/memory.hpp"
