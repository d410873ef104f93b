namespace Governance.Audit.Inference.Forms;

/// <summary>What forms read: the values of the graph that must be fetched, and the ensembles.</summary>
internal sealed class FormReads
{
    private readonly HashSet<Atom> seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> tensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> tested = new(StringComparer.Ordinal);
    private readonly List<EnsembleUse> ensembles = [];

    private FormReads()
    {
    }

    /// <summary>The values of the graph, ensembles' inputs among them.</summary>
    public IReadOnlyCollection<string> Tensors => tensors;

    /// <summary>The inputs of ensembles.</summary>
    public IReadOnlyCollection<string> Tested => tested;

    /// <summary>The ensembles, each once, in the order of their first use.</summary>
    public IReadOnlyList<EnsembleUse> Ensembles => ensembles;

    /// <summary>Collects what forms read.</summary>
    public static FormReads Of(IEnumerable<AffineForm> forms)
    {
        FormReads reads = new();
        Stack<Atom> open = new(forms.SelectMany(form => form.Terms).Select(term => term.Atom).Reverse());
        while (open.TryPop(out Atom? atom))
        {
            if (reads.seen.Add(atom))
            {
                reads.Add(atom, open);
            }
        }

        return reads;
    }

    private void Add(Atom atom, Stack<Atom> open)
    {
        switch (atom)
        {
            case FeatureAtom feature:
                tensors.Add(feature.Tensor);
                break;
            case TreeAtom tree:
                tensors.Add(tree.Use.Input.Name);
                tested.Add(tree.Use.Input.Name);
                if (!ensembles.Contains(tree.Use))
                {
                    ensembles.Add(tree.Use);
                }

                break;
            case CurveAtom curve:
                foreach (FormTerm term in curve.Arguments.SelectMany(argument => argument.Terms))
                {
                    open.Push(term.Atom);
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
