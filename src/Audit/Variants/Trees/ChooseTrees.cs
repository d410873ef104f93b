namespace Governance.Audit.Variants.Trees;

/// <summary>Chooses the trees whose joint removal changes the scores of rows least.</summary>
/// <remarks>
/// Backward elimination: of the trees that are left, the one goes next whose removal together with those gone before moves the
/// score least, in mean square over the rows and summed over targets. What a tree moves is what it adds less its mean (of a
/// sum, whose mean is put back) or less the mean of all trees (of a mean). Trees that move the score together are seen to do so
/// because the means of products of each two are kept.
/// </remarks>
internal static class ChooseTrees
{
    /// <summary>Chooses.</summary>
    /// <param name="moves">Shape [trees][rows · targets]: what each tree moves.</param>
    /// <param name="goes">How many go, less than there are trees.</param>
    /// <param name="needed">For each tree whether it has to stay, given which others are gone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The places of those that go, in the order in which they went; fewer where no other may.</returns>
    public static int[] Run(double[][] moves, int goes, Func<int, IReadOnlySet<int>, bool> needed, CancellationToken cancellationToken)
    {
        int trees = moves.Length;
        double[] products = new double[trees * trees];
        for (int i = 0; i < trees; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                products[(i * trees) + j] = products[(j * trees) + i] = System.Numerics.Tensors.TensorPrimitives.Dot<double>(moves[i], moves[j]);
            }
        }

        // With D gone, the change is Σ over pairs of D; one more tree t adds its square and twice its products with D.
        double[] extra = [.. Enumerable.Range(0, trees).Select(tree => products[(tree * trees) + tree])];
        HashSet<int> gone = [];
        List<int> order = [];
        while (order.Count < goes)
        {
            int next = -1;
            for (int tree = 0; tree < trees; tree++)
            {
                if (!gone.Contains(tree) && (next < 0 || extra[tree] < extra[next]) && !needed(tree, gone))
                {
                    next = tree;
                }
            }

            if (next < 0)
            {
                break;
            }

            gone.Add(next);
            order.Add(next);
            for (int tree = 0; tree < trees; tree++)
            {
                extra[tree] += 2 * products[(next * trees) + tree];
            }
        }

        return [.. order];
    }
}
