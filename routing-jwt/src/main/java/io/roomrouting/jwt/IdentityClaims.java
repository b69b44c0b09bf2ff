package io.roomrouting.jwt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import java.io.IOException;
import java.util.Map;

/** Who a token is about: {@code sub}, {@code userId} and {@code attributes}. */
final class IdentityClaims {

    private IdentityClaims() {}

    /** Writes all but {@code sub}, which every token has. */
    static void write(Identity identity, JsonGenerator json) throws IOException {
        json.writeStringField("userId", identity.user().value());
        if (!identity.attributes().isEmpty()) {
            writeTexts(json, "attributes", identity.attributes());
        }
    }

    static Identity read(Claims claims) {
        String user = claims.text("sub");
        if (!claims.text("userId").equals(user)) {
            throw RoutingException.unauthenticated("the token's claims sub and userId differ");
        }
        return new Identity(UserId.of(user), claims.texts("attributes"));
    }

    static void writeTexts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
