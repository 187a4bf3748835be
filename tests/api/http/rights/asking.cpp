#include "tests/api/http/rights/asking.hpp"

#include <utility>

namespace creneau::http {

using nlohmann::json;

AskedRoute on(const std::string& route, const std::string& word, json body) {
    return {route, [route, word, body = std::move(body)](const Things& things) {
                const auto space = route.find(' ');
                auto path = route.substr(space + 1);
                path.replace(path.find("{id}"), 4, std::to_string(things[word]));
                return Asked{route.substr(0, space), path, body};
            }};
}

AskedRoute plainly(const std::string& route, Query query) {
    return {route, [route, query = std::move(query)](const Things&) {
                const auto space = route.find(' ');
                return Asked{route.substr(0, space), route.substr(space + 1), nullptr, query};
            }};
}

AskedRoute sending(const std::string& route, std::function<json(const Things&)> body) {
    return {route, [route, body = std::move(body)](const Things& things) {
                const auto space = route.find(' ');
                return Asked{route.substr(0, space), route.substr(space + 1), body(things)};
            }};
}

AskedRoute listing(const std::string& route, const std::string& word, Query query) {
    auto asked = plainly(route, std::move(query));
    asked.shows = [word](const Things& things) {
        return "\"id\":" + std::to_string(things[word]) + ",";
    };
    return asked;
}

AskedRoute showing(AskedRoute asked, std::string piece) {
    asked.shows = [piece = std::move(piece)](const Things&) { return piece; };
    return asked;
}

AskedRoute on_wish(const std::string& route, const std::string& round, json body) {
    return {route, [route, round, body = std::move(body)](const Things& things) {
                const auto space = route.find(' ');
                auto path = route.substr(space + 1);
                path.replace(path.find("{id}"), 4, std::to_string(things[round]));
                path.replace(path.find("{wish_id}"), 9, std::to_string(things[round + "_wish"]));
                return Asked{route.substr(0, space), path, body};
            }};
}

AskedRoute below(const std::string& route, const std::string& name, const std::string& word,
                 json body) {
    return {route, [route, name, word, body = std::move(body)](const Things& things) {
                const auto space = route.find(' ');
                auto path = route.substr(space + 1);
                path.replace(path.find("{id}"), 4, std::to_string(things["association"]));
                path.replace(path.find(name), name.size(), std::to_string(things[word]));
                return Asked{route.substr(0, space), path, body};
            }};
}

}  // namespace creneau::http
