using Governance.Audit.Inference.Ensembles;

namespace Governance.Audit.Inference.Forms;

/// <summary>A number of a row that forms are sums of. Two atoms are the same only if they are one object.</summary>
internal abstract class Atom
{
    protected Atom(int id, int[] sources)
    {
        Id = id;
        Sources = sources;
    }

    /// <summary>In order of making, so that sums have one order.</summary>
    public int Id { get; }

    /// <summary>The elements of the model's inputs that it depends on at most, ascending; see <see cref="FormScope"/>.</summary>
    public int[] Sources { get; }

    /// <summary>Whether trees, or curves such as a sigmoid, are in it: it is then part of the model, not of its preparation of data.</summary>
    public abstract bool Modelled { get; }
}

/// <summary>One column of a value of the graph, taken as it is: an input, or what preparation made of inputs.</summary>
/// <param name="tensor">The value's name in the graph.</param>
/// <param name="column">The column among the elements of a row, row-major.</param>
/// <param name="maker">The operator that made it, such as "OneHotEncoder"; empty for an input.</param>
internal sealed class FeatureAtom(int id, int[] sources, string tensor, int column, string maker) : Atom(id, sources)
{
    public string Tensor => tensor;

    public int Column => column;

    public string Maker => maker;

    public override bool Modelled => false;
}

/// <summary>The raw output of an ensemble for one target, without base value.</summary>
internal sealed class TreeAtom(int id, int[] sources, EnsembleUse use, int target) : Atom(id, sources)
{
    public EnsembleUse Use => use;

    public int Target => target;

    public override bool Modelled => true;
}

/// <summary>A curved function of forms, such as a sigmoid.</summary>
/// <param name="kind">The function.</param>
/// <param name="arguments">What goes in; all classes for a softmax.</param>
/// <param name="index">Which of its outputs; 0 for functions of one output.</param>
/// <param name="parameters">Constants of the function, such as the limits of a clip.</param>
internal sealed class CurveAtom(
    int id, int[] sources, CurveKind kind, IReadOnlyList<AffineForm> arguments, int index, IReadOnlyList<double> parameters) : Atom(id, sources)
{
    public CurveKind Kind => kind;

    public IReadOnlyList<AffineForm> Arguments => arguments;

    public int Index => index;

    public IReadOnlyList<double> Parameters => parameters;

    public override bool Modelled => true;
}

/// <summary>An ensemble at its place in the graph.</summary>
/// <param name="Ensemble">Its trees.</param>
/// <param name="Input">The value whose columns it tests.</param>
/// <param name="Name">What a reader knows it by.</param>
internal sealed record EnsembleUse(TreeEnsemble Ensemble, FormTensor Input, string Name);
