using Governance.Audit.Data;

namespace Governance.Audit.Traffic;

/// <summary>Labels that became known, before or after their rows came: joined by the rows' ids.</summary>
public sealed class LabelBatch
{
    /// <summary>Makes a batch of labels that became known at one time.</summary>
    /// <param name="ids">Shape [labels]: the rows' ids.</param>
    /// <param name="labels">Shape [labels]: the outcome as people read it, numbers in plain decimal notation.</param>
    /// <param name="knownAt">When they became known.</param>
    /// <exception cref="InputException">There is no label or too many, or an id or label is blank or too long.</exception>
    public LabelBatch(IReadOnlyList<string> ids, IReadOnlyList<string> labels, DateTimeOffset knownAt)
        : this(ids, labels, [.. Enumerable.Repeat(knownAt, ids.Count)])
    {
    }

    /// <summary>Makes a batch of labels, each with its time.</summary>
    /// <param name="ids">Shape [labels]: the rows' ids.</param>
    /// <param name="labels">Shape [labels]: the outcome as people read it, numbers in plain decimal notation.</param>
    /// <param name="knownAt">Shape [labels]: when each became known.</param>
    /// <exception cref="InputException">There is no label or too many, or an id or label is blank or too long.</exception>
    public LabelBatch(IReadOnlyList<string> ids, IReadOnlyList<string> labels, IReadOnlyList<DateTimeOffset> knownAt)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(knownAt);
        if (ids.Count is 0 or > TrafficBatch.MaxRows || labels.Count != ids.Count || knownAt.Count != ids.Count)
        {
            throw new InputException($"A batch has 1 to {TrafficBatch.MaxRows:N0} labels, each with an id and a time.");
        }

        for (int i = 0; i < ids.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(ids[i]) || ids[i].Length > TrafficBatch.MaxIdLength
                || string.IsNullOrWhiteSpace(labels[i]) || labels[i].Length > TrafficBatch.MaxIdLength)
            {
                throw new InputException($"Label {i + 1} of the batch lacks its id or its value, or one of them has over {TrafficBatch.MaxIdLength} characters.");
            }
        }

        Ids = ids;
        Labels = labels;
        KnownAt = knownAt;
    }

    /// <summary>Shape [labels].</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Shape [labels].</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Shape [labels].</summary>
    public IReadOnlyList<DateTimeOffset> KnownAt { get; }

    /// <summary>The number of labels.</summary>
    public int Count => Ids.Count;
}
