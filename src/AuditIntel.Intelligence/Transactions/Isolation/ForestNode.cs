using System.Runtime.InteropServices;

namespace AuditIntel.Intelligence.Transactions.Isolation;

/// <summary>A cut: a vector whose feature is above the threshold goes right. Below a leaf the threshold is infinite.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ForestNode(float Threshold, int Feature);
