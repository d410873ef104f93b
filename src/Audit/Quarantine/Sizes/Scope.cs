namespace Governance.Audit.Quarantine.Sizes;

/// <summary>The values that an operator can read: those of its graph and of the graphs around it.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, Fact> facts = new(StringComparer.Ordinal);

    /// <summary>What is known of a value.</summary>
    public Fact this[string name] => facts.TryGetValue(name, out Fact? fact) ? fact : outer?[name] ?? Fact.Unknown;

    /// <summary>Whether there is such a value.</summary>
    public bool Has(string name) => facts.ContainsKey(name) || outer?.Has(name) == true;

    /// <summary>Adds a value; the empty name of an output left out is passed over.</summary>
    public void Set(string name, Fact fact)
    {
        if (name.Length > 0)
        {
            facts[name] = fact;
        }
    }
}
