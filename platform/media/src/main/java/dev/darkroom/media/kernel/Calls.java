package dev.darkroom.media.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/// The numbers of the kernel's calls, which differ between processors.
///
/// @param audit how a filter recognises the processor
/// @param foreign numbers from here on belong to another set of calls on the same processor
record Calls(int audit, long foreign, Map<String, Integer> numbers) {

    /// Name, number on x86-64, number on 64-bit ARM; `-` where the processor has no such call.
    private static final String USED =
            """
            seccomp 317 277
            prctl 157 167
            openat 257 56
            close 3 57
            lseek 8 62
            mmap 9 222
            munmap 11 215
            bind 49 200
            listen 50 201
            accept4 288 242
            connect 42 203
            ppoll 271 73
            sendmsg 46 211
            recvmsg 47 212
            capset 126 91
            prlimit64 302 261
            landlock_create_ruleset 444 444
            landlock_add_rule 445 445
            landlock_restrict_self 446 446
            """;

    /// What no reader of pictures needs: sockets, other processes' memory, mounts, namespaces,
    /// modules, keys, and the interfaces that most kernel exploits went through.
    private static final String FORBIDDEN =
            """
            socket 41 198
            ptrace 101 117
            process_vm_readv 310 270
            process_vm_writev 311 271
            pidfd_getfd 438 438
            kcmp 312 272
            mount 165 40
            umount2 166 39
            pivot_root 155 41
            chroot 161 51
            open_tree 428 428
            move_mount 429 429
            fsopen 430 430
            fsconfig 431 431
            fsmount 432 432
            fspick 433 433
            mount_setattr 442 442
            open_by_handle_at 304 265
            unshare 272 97
            setns 308 268
            init_module 175 105
            finit_module 313 273
            delete_module 176 106
            kexec_load 246 104
            kexec_file_load 320 294
            bpf 321 280
            perf_event_open 298 241
            userfaultfd 323 282
            io_uring_setup 425 425
            io_uring_enter 426 426
            io_uring_register 427 427
            add_key 248 217
            request_key 249 218
            keyctl 250 219
            personality 135 92
            acct 163 89
            quotactl 179 60
            swapon 167 224
            swapoff 168 225
            reboot 169 142
            iopl 172 -
            ioperm 173 -
            syslog 103 116
            settimeofday 164 170
            clock_settime 227 112
            sethostname 170 161
            setdomainname 171 162
            """;

    /// How a process is started. `clone` starts threads too and is looked at more closely; `clone3`
    /// hides what it is asked for.
    private static final String STARTING =
            """
            clone 56 220
            clone3 435 435
            fork 57 -
            vfork 58 -
            execve 59 221
            execveat 322 281
            """;

    private static final Map<String, Calls> KNOWN =
            Map.of(
                    "amd64", of(0xc000003e, 0x40000000L, 1),
                    "aarch64", of(0xc00000b7, 0xffffffffL, 2));

    private static Calls of(int audit, long foreign, int column) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        (USED + FORBIDDEN + STARTING)
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> !words[column].equals("-"))
                .forEach(words -> numbers.put(words[0], Integer.valueOf(words[column])));
        return new Calls(audit, foreign, Map.copyOf(numbers));
    }

    /// Whether this is a system whose calls we know.
    static boolean areKnown() {
        return System.getProperty("os.name").equals("Linux")
                && KNOWN.containsKey(System.getProperty("os.arch"));
    }

    static Calls ofThisMachine() {
        Calls calls = KNOWN.get(System.getProperty("os.arch"));
        if (calls == null) {
            throw new NoSuchElementException(
                    "no calls are known for " + System.getProperty("os.arch"));
        }
        return calls;
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new NoSuchElementException("no call is named " + name);
        }
        return number;
    }

    int[] forbidden() {
        return numbersOf(FORBIDDEN);
    }

    int[] startingOtherThanClone() {
        return numbersOf(STARTING.replaceAll("clone3? .*\\n", ""));
    }

    private int[] numbersOf(String table) {
        return table.lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .filter(numbers::containsKey)
                .mapToInt(this::number)
                .toArray();
    }
}
