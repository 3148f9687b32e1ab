#include "command/http/request.h"

#include "command/http/host.h"

namespace belay::command::http {

void complete(model::Fetch& fetch) {
  fetch.host = host_of(fetch.url);
  fetch.url = normal_url(fetch.url);
  if (fetch.has_body) fetch.body = normal_body(fetch.body);
}

}  // namespace belay::command::http
