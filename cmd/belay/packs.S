/* The image of the shipped packs, as bytes of the program. Page aligned: pages that no call touches are never read. */
        .section .rodata
        .balign 4096
        .global belay_packs_begin
        .global belay_packs_end
belay_packs_begin:
        .incbin BELAY_IMAGE
belay_packs_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
