namespace Governance.Audit.Explanations;

/// <summary>The progress of parts that run side by side, as one share.</summary>
/// <param name="whole">Told the sum.</param>
/// <param name="lengths">Each part's share of the whole.</param>
internal sealed class PartProgress(IProgress<double> whole, double[] lengths)
{
    private readonly Lock gate = new();
    private readonly double[] done = new double[lengths.Length];

    /// <summary>Where a part reports its own share.</summary>
    public IProgress<double> Of(int part) => new Share(this, part);

    private void Report(int part, double value)
    {
        double sum;
        lock (gate)
        {
            done[part] = value * lengths[part];
            sum = Math.Min(1, done.Sum());
        }

        whole.Report(sum);
    }

    private sealed class Share(PartProgress parts, int part) : IProgress<double>
    {
        public void Report(double value) => parts.Report(part, value);
    }
}
