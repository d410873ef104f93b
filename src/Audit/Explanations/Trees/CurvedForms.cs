using Governance.Audit.Explanations.Native;
using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Outputs as curved functions of margins: sums of trees and of functions of one player each.</summary>
internal sealed class CurvedForms
{
    private readonly List<AffineForm> margins = [];
    private readonly List<Curve> curves = [];
    private readonly Sum[] outputs;

    /// <summary>Finds the margins of forms.</summary>
    /// <param name="forms">One an output.</param>
    /// <param name="owners">Who owns which element; a curve of one player is a function of that player and stays in its margin.</param>
    public CurvedForms(IReadOnlyList<AffineForm> forms, ElementOwners owners)
    {
        Dictionary<Atom, int> known = new(ReferenceEqualityComparer.Instance);
        Dictionary<AffineForm, int> seen = new(ReferenceEqualityComparer.Instance);
        outputs = [.. forms.Select(Read)];

        Sum Read(AffineForm form)
        {
            List<(int, double)> curved = [];
            List<(AffineForm, double)> plain = [];
            foreach (FormTerm term in form.Terms)
            {
                if (term.Atom is CurveAtom curve && owners.Of(curve.Sources) == ElementOwners.Several)
                {
                    if (!known.TryGetValue(curve, out int place))
                    {
                        Sum[] arguments = [.. curve.Arguments.Select(Read)];
                        known[curve] = place = curves.Count;
                        curves.Add(new Curve(curve.Kind, arguments, curve.Index, curve.Parameters));
                    }

                    curved.Add((place, term.Factor));
                }
                else
                {
                    plain.Add((AffineForm.Of(term.Atom), term.Factor));
                }
            }

            if (plain.Count == 0)
            {
                return new Sum(-1, form.Constant, [.. curved]);
            }

            if (!seen.TryGetValue(form, out int margin))
            {
                seen[form] = margin = margins.Count;
                margins.Add(AffineForm.Sum(form.Constant, plain));
            }

            return new Sum(margin, 0, [.. curved]);
        }
    }

    /// <summary>Whether anything is curved.</summary>
    public bool Curved => curves.Count > 0;

    /// <summary>The margins.</summary>
    public IReadOnlyList<AffineForm> Margins => margins;

    /// <summary>Outputs.</summary>
    public int Outputs => outputs.Length;

    /// <summary>The outputs at some margins.</summary>
    /// <param name="at">Shape [margins].</param>
    /// <param name="values">Shape [outputs], overwritten.</param>
    public void Evaluate(ReadOnlySpan<double> at, Span<double> values)
    {
        Span<double> found = curves.Count <= 64 ? stackalloc double[curves.Count] : new double[curves.Count];
        Span<double> arguments = stackalloc double[64];
        for (int i = 0; i < curves.Count; i++)
        {
            // Arguments of a curve come before it in the list.
            Curve curve = curves[i];
            Span<double> own = curve.Arguments.Length <= 64 ? arguments[..curve.Arguments.Length] : new double[curve.Arguments.Length];
            for (int j = 0; j < own.Length; j++)
            {
                own[j] = Value(curve.Arguments[j], at, found);
            }

            found[i] = Curves.Evaluate(curve.Kind, own, curve.Index, curve.Parameters);
        }

        for (int output = 0; output < outputs.Length; output++)
        {
            values[output] = Value(outputs[output], at, found);
        }
    }

    private static double Value(Sum sum, ReadOnlySpan<double> at, ReadOnlySpan<double> found)
    {
        double value = sum.Constant + (sum.Margin < 0 ? 0 : at[sum.Margin]);
        foreach ((int curve, double factor) in sum.Curves)
        {
            value += factor * found[curve];
        }

        return value;
    }

    private sealed record Curve(CurveKind Kind, Sum[] Arguments, int Index, IReadOnlyList<double> Parameters);

    private sealed record Sum(int Margin, double Constant, (int Curve, double Factor)[] Curves);
}
