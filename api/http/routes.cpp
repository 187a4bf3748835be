#include "api/http/routes.hpp"

#include "api/http/request.hpp"
#include "api/http/text.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::http {

namespace {

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    path.remove_prefix(std::min<std::size_t>(path.size(), 1));
    while (true) {
        const auto slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) {
            return segments;
        }
        path.remove_prefix(slash + 1);
    }
}

/// A positive number without sign or leading zero, that fits 64 bits.
bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 18 && text.front() != '0' &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// ":id.png" is the name "id" and the literal ".png".
struct Placeholder {
    std::string name;
    std::string suffix;
};

Placeholder placeholder_of(std::string_view segment) {
    const auto dot = std::min(segment.find('.'), segment.size());
    return {std::string(segment.substr(1, dot - 1)), std::string(segment.substr(dot))};
}

bool fits(std::string_view pattern, std::string_view sent, Request& request) {
    if (!pattern.starts_with(':')) {
        return pattern == sent;
    }
    const auto [name, suffix] = placeholder_of(pattern);
    if (sent.size() <= suffix.size() || !sent.ends_with(suffix)) {
        return false;
    }
    auto value = percent_decoded(sent.substr(0, sent.size() - suffix.size()), false);
    const bool number = name == "id" || name.ends_with("_id");
    if (!value || (number && !is_id(*value))) {
        return false;
    }
    request.parameters[name] = std::move(*value);
    return true;
}

bool fits_all(const Route& route, const std::vector<std::string>& sent, Request& request) {
    request.parameters.clear();
    if (route.segments.size() != sent.size()) {
        return false;
    }
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (!fits(route.segments[i], sent[i], request)) {
            return false;
        }
    }
    return true;
}

}  // namespace

void Routes::plain(std::string method, std::string_view pattern, PlainHandler handler) {
    add({std::move(method), {}, Kind::plain, Access::anyone, std::move(handler)}, pattern);
}

void Routes::read(std::string method, std::string_view pattern, ReadHandler handler,
                  Access access) {
    add({std::move(method), {}, Kind::read, access, std::move(handler)}, pattern);
}

void Routes::write(std::string method, std::string_view pattern, StepHandler handler,
                   Access access) {
    add({std::move(method), {}, Kind::write, access, std::move(handler)}, pattern);
}

void Routes::write_with_query(std::string method, std::string_view pattern, StepHandler handler) {
    Route route{std::move(method), {}, Kind::write, Access::signed_in, std::move(handler)};
    route.takes_query = true;
    add(std::move(route), pattern);
}

void Routes::create(std::string_view pattern, StepHandler handler) {
    add({"POST", {}, Kind::create, Access::signed_in, std::move(handler)}, pattern);
}

void Routes::slow(std::string method, std::string_view pattern, SlowHandler handler,
                  Access access) {
    add({std::move(method), {}, Kind::slow, access, std::move(handler)}, pattern);
}

void Routes::hashing(std::string method, std::string_view pattern, SlowHandler handler,
                     Access access) {
    add({std::move(method), {}, Kind::hashing, access, std::move(handler)}, pattern);
}

void Routes::upload(std::string_view pattern, SlowHandler handler) {
    Route route{"PUT", {}, Kind::slow, Access::signed_in, std::move(handler)};
    route.takes_file = true;
    add(std::move(route), pattern);
}

void Routes::add(Route route, std::string_view pattern) {
    route.pattern = pattern;
    route.segments = split(pattern);
    const bool known = std::any_of(routes_.begin(), routes_.end(), [&](const Route& other) {
        return other.method == route.method && other.segments == route.segments;
    });
    if (known) {
        throw std::logic_error("route registered twice: " + route.method + ' ' + route.pattern);
    }
    routes_.push_back(std::move(route));
}

Routes::Found Routes::find(Request& request) const {
    Found found;
    const auto sent = split(request.path);
    for (const auto& route : routes_) {
        if (!fits_all(route, sent, request)) {
            continue;
        }
        if (route.method == request.method) {
            found.route = &route;
            return found;
        }
        found.allowed.push_back(route.method);
        if (route.method == "GET") {
            found.allowed.emplace_back("HEAD");
        }
    }
    request.parameters.clear();
    return found;
}

}  // namespace creneau::http
