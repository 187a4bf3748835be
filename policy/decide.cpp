#include "policy/decide.hpp"
