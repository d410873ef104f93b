namespace Governance.Audit.Training.Networks;

/// <summary>Remembers the parameters with the smallest held-out loss, and says when waiting for a smaller one is over.</summary>
/// <param name="patience">Epochs without a smaller loss before it ends, at least 1.</param>
internal sealed class EarlyStop(int patience)
{
    private double[]? best;
    private double loss = double.PositiveInfinity;
    private int waited;

    /// <summary>Takes the loss after an epoch.</summary>
    /// <param name="heldOut">The mean loss of the rows held out.</param>
    /// <param name="values">The parameters after that epoch; copied where they are the best so far.</param>
    /// <returns>Whether training ends.</returns>
    public bool Ends(double heldOut, double[] values)
    {
        if (heldOut < loss)
        {
            (loss, best, waited) = (heldOut, [.. values], 0);
            return false;
        }

        return ++waited >= patience;
    }

    /// <summary>Brings the best parameters back, where there were any.</summary>
    public void Restore(double[] values) => best?.CopyTo(values, 0);
}
