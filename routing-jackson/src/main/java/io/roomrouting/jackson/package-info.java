/**
 * For people whose events carry JSON, read and written by Jackson. Open
 * {@link io.roomrouting.jackson.JacksonPayloadCodec} first.
 */
@NullMarked
package io.roomrouting.jackson;

import org.jspecify.annotations.NullMarked;
