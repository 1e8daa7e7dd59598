namespace AuditIntel.Collectors.Chain.Files;

/// <summary>Where a field lies in its line.</summary>
/// <param name="Start">First byte, behind an opening quote.</param>
/// <param name="Length">Bytes, without quotes around them.</param>
/// <param name="HasQuotes">True when doubled quotes stand in it.</param>
internal readonly record struct CsvField(int Start, int Length, bool HasQuotes)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}
