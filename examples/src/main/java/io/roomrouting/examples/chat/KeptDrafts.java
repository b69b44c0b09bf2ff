package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * What the next host of a room has to know of a {@link StoredLog}.
 *
 * @param lastShown the number of the last message that was shown
 * @param unsaved the first messages of those that were not known to be stored, as many as fit
 */
record KeptDrafts(long lastShown, List<ChatDraft> unsaved) {

    private static final int MAX_BYTES = 1024 * 1024;

    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    static byte[] write(long lastShown, List<ChatDraft> unsaved) {
        List<ChatDraft> fitting = new ArrayList<>();
        int bytes = 0;
        for (ChatDraft draft : unsaved) {
            bytes += JSON.encode(draft).length + 1;
            if (bytes > MAX_BYTES) {
                break;
            }
            fitting.add(draft);
        }
        return JSON.encode(new KeptDrafts(lastShown, fitting));
    }

    static KeptDrafts read(JsonNode state) {
        return JSON.decode(JSON.encode(state)).as(KeptDrafts.class);
    }
}
