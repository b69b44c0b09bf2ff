package io.roomrouting.jwt;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the members of a JSON object whose braces somebody else writes. */
@FunctionalInterface
interface MembersWriter {

    void writeTo(JsonGenerator json) throws IOException;
}
