namespace Governance.Audit.Explanations.Paths;

/// <summary>How far integrated gradients are from adding up, and what that took.</summary>
/// <param name="Bound">The largest gap that counts as converged, relative to a row's scale: the larger of the change of its output and Σ|values|.</param>
/// <param name="LargestGap">The largest gap of a row and class, in the units of the link: |prediction − base value − Σ values|.</param>
/// <param name="LargestShare">The largest gap relative to the row's scale.</param>
/// <param name="Points">Gradients computed.</param>
/// <param name="Kinks">Crossings of kinks of ReLUs, maxima and the like that the paths were fenced in at.</param>
/// <param name="SeesKinks">Whether it is known where the graph has kinks, or that it has none; otherwise only the gap guides the steps.</param>
public sealed record Completeness(double Bound, double LargestGap, double LargestShare, long Points, long Kinks, bool SeesKinks)
{
    /// <summary>Of several reports as one; null where none has it.</summary>
    public static Completeness? Of(IEnumerable<Completeness?> parts)
    {
        Completeness[] all = [.. parts.OfType<Completeness>()];
        return all.Length == 0 ? null : new Completeness(
            all[0].Bound, all.Max(part => part.LargestGap), all.Max(part => part.LargestShare), all.Sum(part => part.Points),
            all.Sum(part => part.Kinks), all.All(part => part.SeesKinks));
    }
}
