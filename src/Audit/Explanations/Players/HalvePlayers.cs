using Governance.Audit.Explanations.Owen;

namespace Governance.Audit.Explanations.Players;

/// <summary>A hierarchy of parts that lie somewhere: halves of halves, always across the longer side.</summary>
/// <remarks>
/// As the partition explainer of shap cuts pictures, but between parts instead of between pixels. Parts on one line stay
/// together where another cut is as even. The tree is binary, so that its Owen values need about (number of parts)² terms.
/// </remarks>
internal static class HalvePlayers
{
    /// <summary>Builds the tree.</summary>
    /// <param name="players">The players' indices; at least one.</param>
    /// <param name="centres">Where each of them lies.</param>
    public static HierarchyNode Of(IReadOnlyList<int> players, IReadOnlyList<(double Down, double Across)> centres) =>
        Halve([.. Enumerable.Range(0, players.Count)], players, centres);

    private static HierarchyNode Halve(int[] places, IReadOnlyList<int> players, IReadOnlyList<(double Down, double Across)> centres)
    {
        if (places.Length == 1)
        {
            return HierarchyNode.Leaf(players[places[0]]);
        }

        bool down = Extent(places, place => centres[place].Down) >= Extent(places, place => centres[place].Across);
        double Along(int place) => down ? centres[place].Down : centres[place].Across;
        double Beside(int place) => down ? centres[place].Across : centres[place].Down;
        int[] sorted = [.. places.OrderBy(Along).ThenBy(Beside).ThenBy(place => place)];
        int middle = sorted.Length / 2;
        int[] cuts = [.. Enumerable.Range(1, sorted.Length - 1).Where(at => Along(sorted[at]) > Along(sorted[at - 1]))];
        int cut = cuts.Length == 0 ? middle : cuts.MinBy(at => Math.Abs(at - middle));
        return HierarchyNode.Union([Halve(sorted[..cut], players, centres), Halve(sorted[cut..], players, centres)]);
    }

    private static double Extent(int[] places, Func<int, double> along) => places.Max(along) - places.Min(along);
}
