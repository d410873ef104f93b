namespace Governance.Audit.Mitigation;

/// <summary>The best a group can do while its false and true positive rate stay inside a box.</summary>
/// <param name="hull">Of the group's ROC curve.</param>
/// <param name="gain">What a true positive rate is worth, at least 0.</param>
/// <param name="price">What a false positive rate costs, at least 0.</param>
internal sealed class OddsBox(UpperHull hull, double gain, double price)
{
    private readonly double free = hull.BestOf(gain, price);

    public UpperHull Hull => hull;

    public double Gain => gain;

    public double Price => price;

    /// <summary>The best point of the box that lies on the hull or under it; null where there is none.</summary>
    /// <param name="fpr">The box's left edge.</param>
    /// <param name="tpr">The box's lower edge.</param>
    /// <param name="width">Of both sides.</param>
    public (double Fpr, double Tpr)? Best(double fpr, double tpr, double width)
    {
        double right = Math.Min(1, fpr + width);
        double top = Math.Min(1, tpr + width);
        double low = Math.Max(fpr, hull.Reaching(tpr));
        if (low > right)
        {
            return null;
        }

        // Beyond the point where the hull leaves the box, more false positives buy nothing.
        double at = Math.Clamp(free, low, Math.Max(low, Math.Min(right, hull.Reaching(top))));
        double reached = Math.Min(hull.Value(at), top);
        return reached >= at - 1e-12 ? (at, reached) : null;
    }
}
