namespace AuditIntel.Intelligence.Findings.Code;

/// <summary>Looks for patterns in Solidity by its tokens, so that comments, strings and longer names do not deceive it. Each pattern is told once.</summary>
public static class SolidityPatterns
{
    /// <summary>Tokens between a call to the outside and a write to storage that still belong together.</summary>
    private const int Reach = 400;

    private static readonly (string[] Tokens, string Type, string Pattern)[] Sequences =
    [
        (["tx", ".", "origin"], "tx-origin", "tx.origin is read"),
        ([".", "delegatecall", "("], "delegatecall", "delegatecall"),
        (["selfdestruct", "("], "self-destruct", "selfdestruct"),
        (["ecrecover", "("], "signature-validation", "ecrecover, whose zero result must be refused"),
        ([".", "latestAnswer", "("], "oracle-stale-price", "latestAnswer tells no time"),
        ([".", "latestRoundData", "("], "oracle-stale-price", "latestRoundData, whose time must be checked"),
        ([".", "slot0", "("], "price-manipulation", "slot0 is the price of this moment"),
        ([".", "getReserves", "("], "price-manipulation", "reserves of this moment"),
        (["block", ".", "difficulty"], "weak-randomness", "block.difficulty"),
        (["block", ".", "prevrandao"], "weak-randomness", "block.prevrandao"),
        (["blockhash", "("], "weak-randomness", "blockhash"),
        (["abi", ".", "encodePacked", "("], "hash-collision", "encodePacked runs values together"),
        (["_safeMint", "("], "reentrancy", "_safeMint calls the receiver"),
        (["pragma", "solidity", "^"], "floating-pragma", "pragma with ^"),
    ];

    public static IReadOnlyList<CodeEvidence> Find(string source)
    {
        List<SolidityToken> tokens = SolidityTokenizer.Tokenize(source);
        tokens.RemoveAll(static token => token.Kind is SolidityTokenKind.Comment or SolidityTokenKind.Text);
        var found = new List<CodeEvidence>();
        foreach ((string[] sequence, string type, string pattern) in Sequences)
        {
            int at = IndexOf(source, tokens, sequence);
            if (at >= 0)
            {
                found.Add(new CodeEvidence(type, pattern, LineOf(source, tokens[at].Start)));
            }
        }

        AddLateWrite(source, tokens, found);
        AddUncheckedTransfer(source, tokens, found);
        AddDivisionFirst(source, tokens, found);
        AddUnboundedLoop(source, tokens, found);
        return found;
    }

    private static bool Is(string source, SolidityToken token, string text) => source.AsSpan(token.Start, token.Length).SequenceEqual(text);

    private static int IndexOf(string source, List<SolidityToken> tokens, string[] sequence)
    {
        for (int i = 0; i + sequence.Length <= tokens.Count; i++)
        {
            int matched = 0;
            while (matched < sequence.Length && Is(source, tokens[i + matched], sequence[matched]))
            {
                matched++;
            }

            if (matched == sequence.Length)
            {
                return i;
            }
        }

        return -1;
    }

    private static int LineOf(string source, int at) => source.AsSpan(0, at).Count('\n') + 1;

    // .call{value: ...}(...) and behind it, in the same function, x[...] = or -= or +=.
    private static void AddLateWrite(string source, List<SolidityToken> tokens, List<CodeEvidence> found)
    {
        int call = IndexOf(source, tokens, [".", "call", "{"]);
        for (int i = call + 3; call >= 0 && i < Math.Min(tokens.Count, call + Reach); i++)
        {
            if (Is(source, tokens[i], "function"))
            {
                return;
            }

            bool writes = Is(source, tokens[i], "-=") || Is(source, tokens[i], "+=") || Is(source, tokens[i], "=");
            if (writes && Is(source, tokens[i - 1], "]"))
            {
                found.Add(new CodeEvidence("reentrancy", "state is written after a call that sends value", LineOf(source, tokens[i].Start)));
                return;
            }
        }
    }

    // A statement that begins with a name and ends in .transferFrom(...), whose answer nobody takes.
    private static void AddUncheckedTransfer(string source, List<SolidityToken> tokens, List<CodeEvidence> found)
    {
        for (int i = 2; i + 1 < tokens.Count; i++)
        {
            if (!Is(source, tokens[i], "transferFrom") || !Is(source, tokens[i - 1], "."))
            {
                continue;
            }

            if (!IsTaken(source, tokens, i - 2))
            {
                found.Add(new CodeEvidence("unchecked-return-value", "the answer of transferFrom is not looked at", LineOf(source, tokens[i].Start)));
                return;
            }
        }
    }

    private static bool IsTaken(string source, List<SolidityToken> tokens, int at)
    {
        for (; at >= 0 && !Is(source, tokens[at], ";") && !Is(source, tokens[at], "{") && !Is(source, tokens[at], "}"); at--)
        {
            if (Is(source, tokens[at], "=") || Is(source, tokens[at], "require") || Is(source, tokens[at], "if") || Is(source, tokens[at], "return"))
            {
                return true;
            }
        }

        return false;
    }

    // a / b * c, with names or numbers or a closing bracket between.
    private static void AddDivisionFirst(string source, List<SolidityToken> tokens, List<CodeEvidence> found)
    {
        for (int i = 1; i + 2 < tokens.Count; i++)
        {
            if (Is(source, tokens[i], "/") && tokens[i + 1].Kind is SolidityTokenKind.Identifier or SolidityTokenKind.Number && Is(source, tokens[i + 2], "*"))
            {
                found.Add(new CodeEvidence("rounding", "division before multiplication", LineOf(source, tokens[i].Start)));
                return;
            }
        }
    }

    private static void AddUnboundedLoop(string source, List<SolidityToken> tokens, List<CodeEvidence> found)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            if (!Is(source, tokens[i], "for"))
            {
                continue;
            }

            for (int at = i + 1; at + 1 < tokens.Count && !Is(source, tokens[at], "{"); at++)
            {
                if (Is(source, tokens[at], ".") && Is(source, tokens[at + 1], "length"))
                {
                    found.Add(new CodeEvidence("gas-limit", "a loop over all of an array", LineOf(source, tokens[i].Start)));
                    return;
                }
            }
        }
    }
}
