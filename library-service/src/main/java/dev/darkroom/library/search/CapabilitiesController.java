package dev.darkroom.library.search;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The door to [Capabilities].
@RestController
@RequestMapping(path = "/api/capabilities", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "search")
class CapabilitiesController {
    private final Capabilities capabilities;

    CapabilitiesController(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    @GetMapping
    @Operation(
            operationId = "listCapabilities",
            summary = "What can be looked for, and what a model would be needed for")
    List<Capability> all() {
        return capabilities.all();
    }
}
