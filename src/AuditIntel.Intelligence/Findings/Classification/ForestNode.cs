using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Findings.Classification;

/// <summary>A node of a forest's tree. A row whose feature is above the threshold goes to <see cref="Next"/> + 1, any other to <see cref="Next"/>.</summary>
/// <param name="Threshold">Where the cut is.</param>
/// <param name="Feature">What is cut, -1 for a leaf.</param>
/// <param name="Next">The left child, behind which stands the right; of a leaf its place among the leaves.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ForestNode(float Threshold, int Feature, int Next);
