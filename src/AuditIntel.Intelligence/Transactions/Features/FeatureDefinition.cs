namespace AuditIntel.Intelligence.Transactions.Features;

/// <summary>One number of a feature vector.</summary>
/// <param name="Name">Lower case with dots and dashes, such as <c>sender.fan-out</c>; stable, since artefacts name it.</param>
/// <param name="Unit">Its unit or scale.</param>
/// <param name="Meaning">What it says, for people who read a reason.</param>
public sealed record FeatureDefinition(string Name, string Unit, string Meaning);
