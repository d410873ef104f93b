namespace Governance.Audit.Explanations.Methods;

/// <summary>Whether a method can do a task, in words.</summary>
/// <param name="Supported">Whether it can.</param>
/// <param name="Reason">
/// One sentence. Supported: why the method fits, as shown when auto takes it. Otherwise: why not, as a refusal that
/// stands for itself on the command line and in the list of explainers of <c>governance inspect</c>.
/// </param>
public sealed record MethodSupport(bool Supported, string Reason)
{
    /// <summary>The method fits.</summary>
    public static MethodSupport Yes(string reason) => new(true, reason);

    /// <summary>The method does not fit.</summary>
    public static MethodSupport No(string sentence) => new(false, sentence);
}
