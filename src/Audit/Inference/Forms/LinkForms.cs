namespace Governance.Audit.Inference.Forms;

/// <summary>The log-odds of an output's columns as forms, without going through probabilities where the graph allows.</summary>
internal static class LinkForms
{
    /// <summary>ln(p / (1 - p)) of each column.</summary>
    /// <param name="scope">Makes the curves.</param>
    /// <param name="columns">All columns of the output.</param>
    /// <param name="logits">Whether the columns are logits already: of one class, or of the classes of a softmax.</param>
    public static AffineForm[] LogOddsOf(FormScope scope, IReadOnlyList<AffineForm> columns, bool logits)
    {
        if (logits)
        {
            return columns.Count == 1 ? [columns[0]] : [.. columns.Select((_, k) => OfSoftmax(scope, columns, k))];
        }

        return [.. columns.Select(column => OfProbability(scope, column))];
    }

    /// <summary>The columns with shares of a whole that is always 1 written without the division.</summary>
    public static AffineForm[] Simplified(IReadOnlyList<AffineForm> columns) =>
        [.. columns.Select(column => Curve(column, out double factor, out double constant) is { Kind: CurveKind.Share } share && ComplementaryPair(share)
            ? share.Arguments[share.Index].Scaled(factor, constant)
            : column)];

    private static AffineForm OfProbability(FormScope scope, AffineForm column)
    {
        CurveAtom? curve = Curve(column, out double factor, out double constant);
        bool rest = factor == -1 && constant == 1;
        if (curve is not null && (rest || (factor == 1 && constant == 0)))
        {
            AffineForm? odds = curve.Kind switch
            {
                CurveKind.Sigmoid => curve.Arguments[0],
                CurveKind.Softmax => OfSoftmax(scope, curve.Arguments, curve.Index),
                CurveKind.Share => OfShare(scope, curve),
                _ => null,
            };
            if (odds is not null)
            {
                return rest ? odds.Scaled(-1, 0) : odds;
            }
        }

        return scope.Curve(CurveKind.LogOdds, [column], 0, [LogOdds.Clamp]);
    }

    private static AffineForm OfSoftmax(FormScope scope, IReadOnlyList<AffineForm> margins, int index) => margins.Count == 2
        ? AffineForm.Sum(0, [(margins[index], 1), (margins[1 - index], -1)])
        : scope.Curve(CurveKind.SoftmaxLogOdds, margins, index);

    // Shares of logistic scores: p_k / Σ p_j is the softmax of ln p_j, and ln σ(z) = -softplus(-z).
    private static AffineForm? OfShare(FormScope scope, CurveAtom share)
    {
        AffineForm?[] margins = [.. share.Arguments.Select(Margin)];
        return margins.Any(margin => margin is null) ? null
            : ComplementaryPair(share) ? margins[share.Index]
            : OfSoftmax(scope, [.. margins.Select(margin => scope.Curve(CurveKind.Softplus, [margin!.Scaled(-1, 0)]).Scaled(-1, 0))], share.Index);
    }

    // σ(z) and σ(-z), which add up to 1.
    private static bool ComplementaryPair(CurveAtom share)
    {
        if (share.Arguments.Count != 2 || Margin(share.Arguments[0]) is not AffineForm first || Margin(share.Arguments[1]) is not AffineForm second)
        {
            return false;
        }

        AffineForm sum = AffineForm.Sum(0, [(first, 1), (second, 1)]);
        return sum.Constant == 0 && sum.Terms.Count == 0;
    }

    /// <summary>z where the form is σ(z) or 1 - σ(-z); else null.</summary>
    private static AffineForm? Margin(AffineForm form) => Curve(form, out double factor, out double constant) is { Kind: CurveKind.Sigmoid } curve
        ? (factor, constant) switch
        {
            (1, 0) => curve.Arguments[0],
            (-1, 1) => curve.Arguments[0].Scaled(-1, 0),
            _ => null,
        }
        : null;

    private static CurveAtom? Curve(AffineForm form, out double factor, out double constant)
    {
        constant = form.Constant;
        factor = form.Terms.Count == 1 ? form.Terms[0].Factor : 0;
        return form.Terms.Count == 1 ? form.Terms[0].Atom as CurveAtom : null;
    }
}
