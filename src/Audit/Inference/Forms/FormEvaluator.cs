namespace Governance.Audit.Inference.Forms;

/// <summary>The values of forms for rows, computed in double from features, one row after another.</summary>
/// <remarks>Plain and complete: the proof that forms say what the model computes, and the oracle of faster kernels.</remarks>
internal sealed class FormEvaluator
{
    private readonly FeatureTable features;
    private readonly int row;
    private readonly Dictionary<Atom, double> known = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<EnsembleUse, double[]> ensembles = new(ReferenceEqualityComparer.Instance);

    private FormEvaluator(FeatureTable features, int row)
    {
        this.features = features;
        this.row = row;
    }

    /// <summary>Values of forms.</summary>
    /// <returns>Shape [rows, forms].</returns>
    public static double[] Evaluate(IReadOnlyList<AffineForm> forms, FeatureTable features)
    {
        double[] values = new double[features.Rows * forms.Count];
        for (int row = 0; row < features.Rows; row++)
        {
            FormEvaluator evaluator = new(features, row);
            for (int form = 0; form < forms.Count; form++)
            {
                values[(row * forms.Count) + form] = evaluator.Value(forms[form]);
            }
        }

        return values;
    }

    private double Value(AffineForm form)
    {
        double sum = form.Constant;
        foreach (FormTerm term in form.Terms)
        {
            if (!known.TryGetValue(term.Atom, out double value))
            {
                known[term.Atom] = value = Value(term.Atom);
            }

            sum += term.Factor * value;
        }

        return sum;
    }

    private double Value(Atom atom) => atom switch
    {
        FeatureAtom feature => features[row, feature.Tensor, feature.Column],
        TreeAtom tree => Trees(tree.Use)[tree.Target],
        CurveAtom curve => Curves.Evaluate(curve.Kind, [.. curve.Arguments.Select(Value)], curve.Index, curve.Parameters),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // The forms divide averages themselves; here trees are always summed.
    private double[] Trees(EnsembleUse use)
    {
        if (!ensembles.TryGetValue(use, out double[]? values))
        {
            double[] columns = new double[use.Ensemble.Width];
            for (int column = 0; column < columns.Length; column++)
            {
                columns[column] = features[row, use.Input.Name, column];
            }

            ensembles[use] = values = use.Ensemble.Sums(columns);
        }

        return values;
    }
}
