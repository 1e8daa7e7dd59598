using System.Text;

namespace AuditIntel.Streaming.Tests.Conformance;

/// <summary>One step of a case: a record, or a move of the wall clock.</summary>
internal sealed record CaseStep(string Topic, byte[]? Key, byte[]? Value, long Number)
{
    private const string Clock = "clock";

    public bool IsClock => Topic == Clock;

    /// <summary>Reads the notation of <see cref="ConformanceCase.Input"/>.</summary>
    public static CaseStep Parse(string text)
    {
        string[] parts = text.Split(' ', 2);
        if (parts[0] == Clock)
        {
            return new CaseStep(Clock, null, null, long.Parse(parts[1].TrimStart('+')));
        }

        int equals = parts[1].IndexOf('=', StringComparison.Ordinal);
        int at = parts[1].LastIndexOf('@');
        return new CaseStep(parts[0], Bytes(parts[1][..equals]), Bytes(parts[1][(equals + 1)..at]), long.Parse(parts[1][(at + 1)..]));
    }

    private static byte[]? Bytes(string text) => text == "~" ? null : Encoding.UTF8.GetBytes(text);
}
