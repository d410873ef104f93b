using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Native;

/// <summary>The part of forms that is a constant plus functions of one player each, whose Shapley values are closed forms.</summary>
/// <remarks>
/// For f(x) = c + Σ_i f_i(x_i), player i gets f_i(x_i) - Σ_b w_b f_i(b_i), and no two players interact.
/// </remarks>
internal sealed class AdditivePart
{
    private readonly int players;
    private readonly double[] constants;
    private readonly (int Output, int Player)[] owned;
    private readonly AffineForm[] parts;

    private AdditivePart(int players, double[] constants, (int Output, int Player)[] owned, AffineForm[] parts)
    {
        this.players = players;
        this.constants = constants;
        this.owned = owned;
        this.parts = parts;
    }

    /// <summary>One form for each player and output that has one.</summary>
    public IReadOnlyList<AffineForm> Parts => parts;

    /// <summary>Splits forms by player.</summary>
    /// <param name="forms">One an output.</param>
    /// <param name="taken">Which atoms are part; each of one player or none.</param>
    /// <param name="owners">Who owns which element.</param>
    /// <param name="players">The number of players.</param>
    public static AdditivePart Of(IReadOnlyList<AffineForm> forms, Func<Atom, bool> taken, ElementOwners owners, int players)
    {
        List<(int, int)> owned = [];
        List<AffineForm> parts = [];
        double[] constants = [.. forms.Select(form => form.Constant)];
        for (int output = 0; output < forms.Count; output++)
        {
            foreach (IGrouping<int, FormTerm> own in forms[output].Terms.Where(term => taken(term.Atom)).GroupBy(term => owners.Of(term.Atom.Sources)))
            {
                if (own.Key == ElementOwners.Several)
                {
                    throw new ArgumentException("An atom of the additive part belongs to several players.", nameof(taken));
                }

                owned.Add((output, own.Key == ElementOwners.Nobody ? players : own.Key));
                parts.Add(AffineForm.Sum(0, own.Select(term => (AffineForm.Of(term.Atom), term.Factor))));
            }
        }

        return new AdditivePart(players, constants, [.. owned], [.. parts]);
    }

    /// <summary>Each player's function values.</summary>
    /// <param name="features">What the parts read.</param>
    /// <returns>Shape [rows, outputs, players + 1]; last what no player owns, the constant among it.</returns>
    public double[] Evaluate(FeatureTable features)
    {
        int outputs = constants.Length;
        int width = players + 1;
        double[] values = new double[features.Rows * outputs * width];
        double[] evaluated = FormEvaluator.Evaluate(parts, features);
        for (int row = 0; row < features.Rows; row++)
        {
            for (int output = 0; output < outputs; output++)
            {
                values[(((row * outputs) + output) * width) + players] = constants[output];
            }

            for (int part = 0; part < parts.Length; part++)
            {
                (int output, int player) = owned[part];
                values[(((row * outputs) + output) * width) + player] += evaluated[(row * parts.Length) + part];
            }
        }

        return values;
    }
}
