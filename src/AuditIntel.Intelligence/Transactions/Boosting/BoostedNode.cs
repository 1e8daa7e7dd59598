using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.Boosting;

/// <summary>
/// A node of a boosted tree. A vector whose feature is above the threshold goes to the right child, <see cref="Left"/> + 1. A leaf leads to itself:
/// <see cref="Left"/> is its own place, and its threshold is infinite.
/// </summary>
/// <param name="Threshold">Where the cut is.</param>
/// <param name="Feature">What is cut.</param>
/// <param name="Left">Place of the left child among all nodes.</param>
/// <param name="Value">Log-odds that a leaf adds; for an inner node the mean of the training rows below it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct BoostedNode(float Threshold, int Feature, int Left, float Value);
