#pragma once

#include "api/mail/date_words.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/rendering.hpp"

namespace creneau::mail {

/// Fills in api/mail/templates/news.*, as render() does.
[[nodiscard]] RenderedMail render_news(Language language, const NewsFacts& facts,
                                       Medium medium = Medium::mail);

}  // namespace creneau::mail
