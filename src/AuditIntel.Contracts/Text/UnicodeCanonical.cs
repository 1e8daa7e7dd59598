using System.Globalization;

namespace AuditIntel.Contracts;

/// <summary>The tables of the Unicode Character Database that NFC needs, read once from the embedded UnicodeCanonical.txt.</summary>
internal sealed class UnicodeCanonical
{
    /// <summary>No character below is changed by NFC, nor does it combine.</summary>
    private const char FirstSuspect = '\u0300';

    private const int VowelJamo = 0x1161;
    private const int VowelJamoEnd = 0x1176;
    private const int TrailingJamo = 0x11A8;
    private const int TrailingJamoEnd = 0x11C3;

    private readonly Dictionary<int, (int First, int Second)> _decompositions = [];
    private readonly Dictionary<long, int> _pairs = [];
    private readonly Dictionary<int, byte> _classes = [];

    /// <summary>UTF-16 code units that may combine or change; a lead surrogate counts when any of its characters does.</summary>
    private readonly bool[] _suspects = new bool[0x10000];

    private UnicodeCanonical()
    {
        using Stream stream = typeof(UnicodeCanonical).Assembly.GetManifestResourceStream("UnicodeCanonical.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            string[] parts = line.Split(' ');
            switch (parts[0])
            {
                case "D":
                case "d":
                    AddDecomposition(Hex(parts[1]), Hex(parts[2]), parts.Length > 3 ? Hex(parts[3]) : 0, composes: parts[0] == "D");
                    break;
                case "C":
                    AddClass(Hex(parts[1]), Hex(parts[2]), byte.Parse(parts[3], CultureInfo.InvariantCulture));
                    break;
            }
        }

        _suspects.AsSpan(VowelJamo..VowelJamoEnd).Fill(true);
        _suspects.AsSpan(TrailingJamo..TrailingJamoEnd).Fill(true);

        // A low surrogate belongs to the lead before it.
        _suspects.AsSpan(0xDC00..0xE000).Fill(true);
    }

    public static UnicodeCanonical Instance { get; } = new();

    public bool IsSuspect(char c) => _suspects[c];

    /// <summary>Where the first suspect begins, from <paramref name="start"/>, or -1.</summary>
    public int IndexOfSuspect(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            int ordinary = text.AsSpan(i).IndexOfAnyInRange(FirstSuspect, char.MaxValue);
            if (ordinary < 0)
            {
                return -1;
            }

            i += ordinary;
            if (!_suspects[text[i]])
            {
                // Past a harmless lead surrogate goes its low one as well.
                i += char.IsHighSurrogate(text[i]) ? 1 : 0;
                continue;
            }

            return i;
        }

        return -1;
    }

    public int ClassOf(int point) => _classes.GetValueOrDefault(point);

    /// <summary>The character that two others compose to, or -1.</summary>
    public int PairOf(int first, int second) => _pairs.GetValueOrDefault(Key(first, second), -1);

    public void Decompose(int point, int[] output, ref int count)
    {
        if (!_decompositions.TryGetValue(point, out (int First, int Second) parts))
        {
            output[count++] = point;
            return;
        }

        Decompose(parts.First, output, ref count);
        if (parts.Second != 0)
        {
            Decompose(parts.Second, output, ref count);
        }
    }

    private void AddDecomposition(int point, int first, int second, bool composes)
    {
        _decompositions.Add(point, (first, second));
        if (composes)
        {
            _pairs.Add(Key(first, second), point);
            Suspect(second);
        }
        else
        {
            Suspect(point);
        }
    }

    private void AddClass(int first, int last, byte combiningClass)
    {
        for (int point = first; point <= last; point++)
        {
            _classes.Add(point, combiningClass);
            Suspect(point);
        }
    }

    private void Suspect(int point) => _suspects[point <= char.MaxValue ? point : 0xD800 + ((point - 0x10000) >> 10)] = true;

    private static long Key(int first, int second) => ((long)first << 32) | (uint)second;

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
