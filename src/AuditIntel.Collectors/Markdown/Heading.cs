namespace AuditIntel.Collectors.Markdown;

/// <summary>A heading of a document.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Text">As written, without the marks.</param>
/// <param name="Start">Position of its line in the text.</param>
/// <param name="End">Position behind its line.</param>
internal readonly record struct Heading(int Level, string Text, int Start, int End);
