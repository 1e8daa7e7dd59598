using System.Diagnostics;
using System.Text;

namespace AuditIntel.Contracts.Tests.Text;

/// <summary>Python's unicodedata is the independent implementation of NFC.</summary>
public sealed class CanonicalCompositionTests
{
    private const string Script = """
        import random, sys, unicodedata
        random.seed(20261121)
        assigned = [c for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")]
        special = [c for c in assigned if unicodedata.combining(chr(c)) or unicodedata.decomposition(chr(c))] + list(range(0x1100, 0x1200)) + [0xAC00, 0xAC01, 0xAC1C]
        texts = [chr(c) for c in assigned] + [unicodedata.normalize("NFD", chr(c)) for c in special]
        texts += ["x" + chr(c) + "\u0301" for c in special]
        texts += ["".join(chr(random.choice(special if random.random() < 0.7 else assigned)) for _ in range(random.randrange(1, 12))) for _ in range(50000)]
        write = lambda text: " ".join("%x" % ord(c) for c in text)
        sys.stdout.write("\n".join(write(t) + ";" + write(unicodedata.normalize("NFC", t)) for t in texts) + "\n")
        """;

    [Fact]
    public void Compose_ShouldBePythons_ForEveryCharacterAndManySequences()
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardOutput = true };
        using Process python = Process.Start(start)!;
        int compared = 0;
        while (python.StandardOutput.ReadLine() is { } line)
        {
            string[] sides = line.Split(';');
            string composed = CanonicalComposition.Compose(Text(sides[0]));
            if (composed != Text(sides[1]))
            {
                Assert.Fail($"NFC of {sides[0]} is {sides[1]}, not {string.Join(' ', composed.EnumerateRunes().Select(rune => rune.Value.ToString("x")))}.");
            }

            compared++;
        }

        Assert.True(python.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.InRange(compared, 200_000, int.MaxValue);
    }

    [Fact]
    public void Compose_ShouldReturnTheTextItself_WhenNothingChanges()
    {
        const string text = "Composed text: é, 中文, “quotes”, 😀 — done.";
        Assert.Same(text, CanonicalComposition.Compose(text));
    }

    private static string Text(string points)
    {
        var text = new StringBuilder();
        foreach (string point in points.Split(' '))
        {
            text.Append(char.ConvertFromUtf32(Convert.ToInt32(point, 16)));
        }

        return text.ToString();
    }
}
