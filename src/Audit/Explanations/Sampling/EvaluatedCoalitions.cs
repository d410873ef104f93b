using System.Runtime.InteropServices;

namespace Governance.Audit.Explanations.Sampling;

/// <summary>A game that is asked for each coalition once: what it answered is kept.</summary>
/// <remarks>Keeps a key and the outputs a coalition, never a row of the background.</remarks>
internal sealed class EvaluatedCoalitions
{
    private readonly Func<CoalitionSet, double[]> game;
    private readonly int outputs;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<double> known = [];

    /// <summary>Starts with nothing known.</summary>
    /// <param name="game">Values coalitions, shape [coalitions, outputs].</param>
    /// <param name="outputs">At least 1.</param>
    public EvaluatedCoalitions(Func<CoalitionSet, double[]> game, int outputs)
    {
        this.game = game;
        this.outputs = outputs;
    }

    /// <summary>Different coalitions asked for so far.</summary>
    public int Count => places.Count;

    /// <summary>The values of coalitions, shape [coalitions, outputs].</summary>
    public double[] Values(CoalitionSet coalitions)
    {
        int[] at = new int[coalitions.Count];
        List<int> fresh = [];
        for (int coalition = 0; coalition < at.Length; coalition++)
        {
            string key = new(MemoryMarshal.Cast<ulong, char>(coalitions.Bits(coalition)));
            if (!places.TryGetValue(key, out at[coalition]))
            {
                places.Add(key, at[coalition] = places.Count);
                fresh.Add(coalition);
            }
        }

        if (fresh.Count > 0)
        {
            CoalitionSet asked = new(coalitions.Players, fresh.Count);
            for (int i = 0; i < fresh.Count; i++)
            {
                asked.Copy(coalitions, fresh[i], i);
            }

            known.AddRange(game(asked));
        }

        double[] values = new double[at.Length * outputs];
        for (int coalition = 0; coalition < at.Length; coalition++)
        {
            CollectionsMarshal.AsSpan(known).Slice(at[coalition] * outputs, outputs).CopyTo(values.AsSpan(coalition * outputs));
        }

        return values;
    }
}
