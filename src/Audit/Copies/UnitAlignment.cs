using System.Numerics.Tensors;
using Governance.Audit.Explanations;

namespace Governance.Audit.Copies;

/// <summary>How well the units of a suspect's layer find partners in a model's layer.</summary>
/// <param name="Suspect">The suspect's tensor.</param>
/// <param name="Model">The model's tensor.</param>
/// <param name="Units">How many units were compared.</param>
/// <param name="Alignment">The median over units of the largest |cosine| with a unit of the model, 0 to 1.</param>
/// <param name="Chance">The same with each of the model's units shuffled.</param>
internal sealed record LayerMatch(string Suspect, string Model, int Units, double Alignment, double Chance)
{
    /// <summary>Nothing but a common origin gives partners this close where shuffled units give none.</summary>
    public bool Aligned => Alignment >= 0.97 && Chance <= 0.9 && Units >= 4;
}

/// <summary>Finds layers of two networks whose units are the same up to order, sign, size, rounding and noise.</summary>
/// <remarks>
/// A unit is a row or a column of a weight matrix. |cosine| does not see its order among the units, its sign or its
/// size (a ReLU unit may be scaled freely), and hardly sees noise: 5 % of noise leaves 0.9987. Independent training
/// from another start gives partners not much closer than shuffled ones. Only the order of a layer's inputs matters,
/// which the first layer shares with the data.
/// </remarks>
internal static class UnitAlignment
{
    private const int MostUnits = 128;
    private const int FewestInputs = 3;
    private const int MostValues = 1 << 22;

    /// <summary>For each of the suspect's layers its best partner; layers without one of the same size are left out.</summary>
    public static IReadOnlyList<LayerMatch> Compare(IReadOnlyList<WeightTensor> suspect, IReadOnlyList<WeightTensor> model)
    {
        List<LayerMatch> matches = [];
        foreach (WeightTensor tensor in suspect.Where(IsLayer))
        {
            LayerMatch? best = null;
            foreach (WeightTensor other in model.Where(other => IsLayer(other) && other.Values.Length == tensor.Values.Length))
            {
                foreach (double[][] theirs in (double[][][])[Rows(tensor), Columns(tensor)])
                {
                    foreach (double[][] ours in (double[][][])[Rows(other), Columns(other)])
                    {
                        if (theirs[0].Length == ours[0].Length && theirs[0].Length >= FewestInputs && theirs.Length == ours.Length)
                        {
                            LayerMatch match = Match(tensor.Name, other.Name, theirs, ours);
                            best = best is null || match.Alignment - match.Chance > best.Alignment - best.Chance ? match : best;
                        }
                    }
                }
            }

            if (best is not null)
            {
                matches.Add(best);
            }
        }

        return matches;
    }

    private static bool IsLayer(WeightTensor tensor) => tensor.Values.Length <= MostValues
        && tensor.Dims.Count > 1 && tensor.Dims.Count(size => size > 1) > 1;

    private static LayerMatch Match(string suspect, string model, double[][] theirs, double[][] ours)
    {
        double[][] sample = [.. theirs.Where(Varies).Take(MostUnits)];
        double[][] partners = [.. ours.Where(Varies).Take(4 * MostUnits)];
        SeededRandom random = new(1, 0);
        double[][] shuffled = [.. partners.Select(unit => Shuffle(unit, ref random))];
        return sample.Length == 0 || partners.Length == 0
            ? new LayerMatch(suspect, model, 0, 0, 1)
            : new LayerMatch(suspect, model, sample.Length, Median(sample, partners), Median(sample, shuffled));
    }

    private static bool Varies(double[] unit) => unit.Any(value => value != 0);

    private static double Median(double[][] units, double[][] partners)
    {
        double[] best = [.. units.Select(unit => partners.Max(partner =>
            Math.Abs(TensorPrimitives.CosineSimilarity<double>(unit, partner))))];
        Array.Sort(best);
        return best[best.Length / 2];
    }

    private static double[] Shuffle(double[] unit, ref SeededRandom random)
    {
        double[] shuffled = (double[])unit.Clone();
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int j = random.NextBelow(i + 1);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    // The first dimension counts the units, all others are their inputs.
    private static double[][] Rows(WeightTensor tensor)
    {
        int units = (int)tensor.Dims[0];
        int width = tensor.Values.Length / Math.Max(1, units);
        return [.. Enumerable.Range(0, units).Select(unit => tensor.Values.AsSpan(unit * width, width).ToArray())];
    }

    private static double[][] Columns(WeightTensor tensor)
    {
        double[][] rows = Rows(tensor);
        return [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];
    }
}
