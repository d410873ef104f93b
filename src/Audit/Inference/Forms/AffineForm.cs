namespace Governance.Audit.Inference.Forms;

/// <summary>A constant plus multiples of atoms.</summary>
internal sealed class AffineForm
{
    private static readonly FormTerm[] None = [];

    private readonly FormTerm[] terms;

    private AffineForm(double constant, FormTerm[] terms)
    {
        Constant = constant;
        this.terms = terms;
    }

    /// <summary>The constant part.</summary>
    public double Constant { get; }

    /// <summary>The multiples, each atom once, by ascending id; no factor is 0.</summary>
    public IReadOnlyList<FormTerm> Terms => terms;

    /// <summary>Whether trees or curves are in it.</summary>
    public bool Modelled => Array.Exists(terms, term => term.Atom.Modelled);

    /// <summary>A constant.</summary>
    public static AffineForm Of(double constant) => new(constant, None);

    /// <summary>An atom itself.</summary>
    public static AffineForm Of(Atom atom) => new(0, [new FormTerm(atom, 1)]);

    /// <summary>The sum of forms, each times a factor, plus a constant.</summary>
    public static AffineForm Sum(double constant, IEnumerable<(AffineForm Form, double Factor)> parts)
    {
        SortedDictionary<int, FormTerm> sum = [];
        foreach ((AffineForm form, double factor) in parts)
        {
            constant += factor * form.Constant;
            foreach (FormTerm term in form.terms)
            {
                sum[term.Atom.Id] = sum.TryGetValue(term.Atom.Id, out FormTerm before)
                    ? term with { Factor = before.Factor + (factor * term.Factor) }
                    : term with { Factor = factor * term.Factor };
            }
        }

        return new AffineForm(constant, [.. sum.Values.Where(term => term.Factor != 0)]);
    }

    /// <summary>Factor × form + constant.</summary>
    public AffineForm Scaled(double factor, double constant) => factor == 0
        ? Of(constant)
        : new AffineForm((factor * Constant) + constant, [.. terms.Select(term => term with { Factor = factor * term.Factor })]);

    /// <summary>The union of the sources of all atoms, ascending.</summary>
    public int[] Sources() => SourceSets.Union(terms.Select(term => term.Atom.Sources));
}

/// <summary>A multiple of an atom.</summary>
/// <param name="Atom">The atom.</param>
/// <param name="Factor">Not 0.</param>
internal readonly record struct FormTerm(Atom Atom, double Factor);
