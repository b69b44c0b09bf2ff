package io.roomrouting.jetty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.roomrouting.RoomListing;
import io.roomrouting.RoomPage;
import io.roomrouting.RoomSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** A page of the list of public rooms as the API shows it. */
final class RoomPageJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private RoomPageJson() {}

    static byte[] bytes(RoomPage page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("rooms");
            for (RoomListing room : page.rooms()) {
                write(room, json);
            }
            json.writeEndArray();
            if (page.next().isPresent()) {
                json.writeStringField("cursor", page.next().get().value());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(RoomListing room, JsonGenerator json) throws IOException {
        RoomSpec spec = room.spec();
        json.writeStartObject();
        json.writeStringField("roomId", room.room().value());
        json.writeStringField("type", spec.type());
        if (spec.region().isPresent()) {
            json.writeStringField("region", spec.region().get());
        }
        if (spec.maxClients().isPresent()) {
            json.writeNumberField("maxClients", spec.maxClients().getAsInt());
        }
        json.writeObjectFieldStart("metadata");
        for (Map.Entry<String, String> entry : room.metadata().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("clients", room.clients());
        if (room.freeSeats().isPresent()) {
            json.writeNumberField("freeSeats", room.freeSeats().getAsInt());
        }
        json.writeBooleanField("locked", room.locked());
        json.writeEndObject();
    }
}
