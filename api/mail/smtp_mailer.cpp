#include "api/mail/smtp_mailer.hpp"

#include "api/mail/mailer.hpp"
#include "api/mail/smtp_target.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <stop_token>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <fmt/format.h>

namespace creneau::mail {
namespace {

struct CleanUp {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CleanUp>;
using List = std::unique_ptr<curl_slist, CleanUp>;

std::size_t read_some(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto* left = static_cast<std::string_view*>(user);
    const std::size_t taken = left->copy(buffer, size * count);
    left->remove_prefix(taken);
    return taken;
}

/// When a sending is to be given up. libcurl's own time-out does not cover the wait for the answer
/// to QUIT; it asks this about every second whatever it waits for.
struct Patience {
    std::stop_token stop;
    std::chrono::steady_clock::time_point until;
};

int give_up(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* patience = static_cast<const Patience*>(user);
    return patience->stop.stop_requested() || std::chrono::steady_clock::now() > patience->until;
}

template <class Value>
void set(const Handle& handle, CURLoption option, Value value) {
    if (curl_easy_setopt(handle.get(), option, value) != CURLE_OK) {
        throw std::logic_error(fmt::format("libcurl refuses option {}", static_cast<int>(option)));
    }
}

void set_security(const Handle& handle, const SmtpSettings& settings) {
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(handle, CURLOPT_PROXY, "");  // whatever the environment says
    set(handle, CURLOPT_USE_SSL,
        static_cast<long>(settings.target.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.ca_file.empty()) {
        set(handle, CURLOPT_CAINFO, settings.ca_file.c_str());  // the directory stays trusted
    }
    if (!settings.user.empty()) {
        set(handle, CURLOPT_USERNAME, settings.user.c_str());
        set(handle, CURLOPT_PASSWORD, settings.password.c_str());
    }
}

void set_limits(const Handle& handle, const SmtpSettings& settings, Patience& patience) {
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_FORBID_REUSE, 1L);  // closed while the limits below still hold
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_timeout.count()));
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, give_up);
    set(handle, CURLOPT_XFERINFODATA, &patience);
}

/// The server's words stay out: they often repeat the address.
SendError error_of(const Handle& handle, CURLcode code, const Patience& patience) {
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        return patience.stop.stop_requested() ? SendError{SendFault::stopped, "stopped"}
                                              : SendError{SendFault::transient, "smtp: too slow"};
    }
    long reply = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply);
    const bool answered = reply >= 400 && reply < 600;
    std::string reason = fmt::format("smtp: {}", curl_easy_strerror(code));
    if (answered) {
        reason += fmt::format(", reply {}", reply);
    }
    // A refused password or missing TLS is for the operator to mend: the mail itself is well.
    const bool ours = code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED ||
                      code == CURLE_OPERATION_TIMEDOUT || code == CURLE_PEER_FAILED_VERIFICATION;
    return {answered && reply >= 500 && !ours ? SendFault::permanent : SendFault::transient,
            std::move(reason)};
}

}  // namespace

SmtpMailer::SmtpMailer(SmtpSettings settings) : settings_(std::move(settings)) {
    static std::once_flag initialised;
    std::call_once(initialised, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

tl::expected<void, SendError> SmtpMailer::send(const Envelope& envelope, std::string_view message,
                                               std::stop_token stop) {
    const Handle handle(curl_easy_init());
    const List to(curl_slist_append(nullptr, fmt::format("<{}>", envelope.to).c_str()));
    if (!handle || !to) {
        return tl::unexpected(SendError{SendFault::transient, "smtp: out of memory"});
    }
    const std::string url = settings_.target.url + "/" + settings_.hello;
    const std::string from = fmt::format("<{}>", envelope.from);
    set(handle, CURLOPT_URL, url.c_str());
    set(handle, CURLOPT_MAIL_FROM, from.c_str());
    set(handle, CURLOPT_MAIL_RCPT, to.get());
    set(handle, CURLOPT_UPLOAD, 1L);
    set(handle, CURLOPT_READFUNCTION, read_some);
    set(handle, CURLOPT_READDATA, &message);
    set_security(handle, settings_);
    Patience patience{std::move(stop), std::chrono::steady_clock::now() + settings_.total_timeout};
    set_limits(handle, settings_, patience);

    const CURLcode code = curl_easy_perform(handle.get());
    if (code != CURLE_OK) {
        return tl::unexpected(error_of(handle, code, patience));
    }
    return {};
}

}  // namespace creneau::mail
