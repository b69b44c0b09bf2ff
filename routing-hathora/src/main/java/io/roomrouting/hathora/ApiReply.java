package io.roomrouting.hathora;

import java.util.Optional;

/**
 * What came back, whatever it says.
 *
 * @param status the HTTP status
 * @param retryAfter the header of that name
 * @param body as UTF-8; from at most {@link HttpCalls#MAX_BODY_BYTES} bytes
 */
record ApiReply(int status, Optional<String> retryAfter, String body) {}
