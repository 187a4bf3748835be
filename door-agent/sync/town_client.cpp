#include "door-agent/sync/town_client.hpp"

#include <atomic>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>
#include <tl/expected.hpp>

namespace creneau::door {
namespace {

constexpr long kConnectLimit = 10;
constexpr long kKeepAlive = 20;

std::size_t take_body(char* bytes, std::size_t /*one*/, std::size_t count, void* body) {
    auto& text = *static_cast<std::string*>(body);
    if (text.size() + count > TownClient::kLargestAnswer) {
        return 0;
    }
    text.append(bytes, count);
    return count;
}

/// Called at least once a second while a request is under way.
int look_up(void* interrupted, curl_off_t /*down*/, curl_off_t /*got*/, curl_off_t /*up*/,
            curl_off_t /*sent*/) {
    return *static_cast<std::atomic<bool>*>(interrupted) ? 1 : 0;
}

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers headers_of(const TownRequest& request) {
    curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
    list = curl_slist_append(list, "Expect:");
    for (const auto& [name, value] : request.headers) {
        list = curl_slist_append(list, fmt::format("{}: {}", name, value).c_str());
    }
    return {list, &curl_slist_free_all};
}

}  // namespace

TownClient::TownClient(TownSettings settings)
    : settings_(std::move(settings)), handle_(curl_easy_init()) {
    if (handle_ == nullptr) {
        throw std::runtime_error("libcurl does not start");
    }
}

TownClient::~TownClient() {
    curl_easy_cleanup(handle_);
}

void TownClient::set_up(const TownRequest& request) {
    curl_easy_reset(handle_);
    curl_easy_setopt(handle_, CURLOPT_URL, (settings_.url + request.path).c_str());
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle_, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle_, CURLOPT_TCP_KEEPIDLE, kKeepAlive);
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT, kConnectLimit);
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT, static_cast<long>(request.patience.count()));
    curl_easy_setopt(handle_, CURLOPT_POST, 1L);
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, &interrupted_);
    curl_easy_setopt(handle_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!settings_.ca_file.empty()) {
        curl_easy_setopt(handle_, CURLOPT_CAINFO, settings_.ca_file.c_str());
    }
    if (!settings_.tls_pin.empty()) {
        curl_easy_setopt(handle_, CURLOPT_PINNEDPUBLICKEY, settings_.tls_pin.c_str());
        // A certificate's dates say nothing to a clock that knows no date; the key says all.
        if (!request.trust_dates) {
            curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYPEER, 0L);
        }
    }
}

tl::expected<TownAnswer, std::string> TownClient::post(const TownRequest& request) {
    TownAnswer answer;
    set_up(request);
    const auto headers = headers_of(request);
    curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &answer.body);
    const auto code = curl_easy_perform(handle_);
    if (code != CURLE_OK) {
        return tl::unexpected(std::string(curl_easy_strerror(code)));
    }
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

}  // namespace creneau::door
