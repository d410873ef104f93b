using Governance.Audit.Traffic.Chunks;

namespace Governance.Audit.Traffic.Ingestion;

/// <summary>The labels of a deployment by the digests of their rows' ids, corrections included.</summary>
/// <remarks>Not safe to use from several threads at once.</remarks>
internal sealed class LabelIndex
{
    private readonly Dictionary<ulong, int> last = [];
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> levels = [];
    private readonly List<(int Code, long KnownAt, int Before)> entries = [];

    /// <summary>How many rows have a label.</summary>
    public int Count => last.Count;

    /// <summary>All values that occur, in order of first appearance.</summary>
    public IReadOnlyList<string> Levels => levels;

    /// <summary>Adds labels; one that says what is known already is left out.</summary>
    /// <returns>Which were added, and how many of them correct an earlier value.</returns>
    public (List<int> Added, int Corrections) Add(LabelsFile labels)
    {
        List<int> added = [];
        int corrections = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            int code = CodeOf(labels.Labels[i]);
            int before = last.GetValueOrDefault(labels.Prints[i], -1);
            if (before >= 0 && Latest(before, long.MaxValue) is { Code: int current } && current == code)
            {
                continue;
            }

            corrections += before >= 0 ? 1 : 0;
            last[labels.Prints[i]] = entries.Count;
            entries.Add((code, labels.KnownAt[i], before));
            added.Add(i);
        }

        return (added, corrections);
    }

    /// <summary>The label of a row that is known by a time: of several the one that became known last.</summary>
    /// <param name="print">The digest of the row's id.</param>
    /// <param name="asOf">Microseconds since year 1; later ones do not count.</param>
    /// <returns>The place in <see cref="Levels"/>, or -1 where none is known; and since when.</returns>
    public (int Code, long KnownAt) Find(ulong print, long asOf) =>
        last.TryGetValue(print, out int entry) && Latest(entry, asOf) is { Code: >= 0 } found ? found : (-1, 0);

    private (int Code, long KnownAt) Latest(int entry, long asOf)
    {
        (int Code, long KnownAt) best = (-1, long.MinValue);
        for (; entry >= 0; entry = entries[entry].Before)
        {
            // Of equal times the one that came last, which is met first.
            if (entries[entry].KnownAt <= asOf && entries[entry].KnownAt > best.KnownAt)
            {
                best = (entries[entry].Code, entries[entry].KnownAt);
            }
        }

        return best;
    }

    private int CodeOf(string label)
    {
        if (!codes.TryGetValue(label, out int code))
        {
            codes[label] = code = levels.Count;
            levels.Add(label);
        }

        return code;
    }
}
