using Governance.Audit.Comparisons;
using Governance.Registry.Versions;

namespace Governance.Portal.Features.Comparisons;

/// <summary>What makes a comparison: a version's bytes never change, nor do those of a data set.</summary>
/// <param name="First">The version that is compared with.</param>
/// <param name="Second">The version in question.</param>
/// <param name="Data">The data set's digest, hexadecimal.</param>
/// <param name="Interval">Where intervals come from.</param>
/// <param name="Where">The condition on rows; null for all.</param>
internal sealed record ComparisonKey(ModelVersionId First, ModelVersionId Second, string Data, string Interval, string? Where);

/// <summary>The comparisons that were looked at last, so that a link, a comment or a look back computes nothing anew. Who may see one is asked at each look.</summary>
internal sealed class KeptComparisons
{
    private const int Most = 24; // a report takes some 100 kB: grid, metrics and groups, no rows

    private readonly Lock gate = new();
    private readonly LinkedList<(ComparisonKey Key, ComparisonReport Report)> kept = [];

    /// <summary>The report of that key, or null.</summary>
    public ComparisonReport? Find(ComparisonKey key)
    {
        lock (gate)
        {
            LinkedListNode<(ComparisonKey Key, ComparisonReport Report)>? node = kept.First;
            while (node is not null && node.Value.Key != key)
            {
                node = node.Next;
            }

            if (node is null)
            {
                return null;
            }

            kept.Remove(node);
            kept.AddFirst(node);
            return node.Value.Report;
        }
    }

    /// <summary>Keeps a report; the one looked at longest ago goes.</summary>
    public void Keep(ComparisonKey key, ComparisonReport report)
    {
        lock (gate)
        {
            kept.AddFirst((key, report));
            if (kept.Count > Most)
            {
                kept.RemoveLast();
            }
        }
    }
}
