using Governance.Portal.Features.Versions;
using Governance.Registry.Policies;
using Governance.Registry.Register;
using Governance.Registry.SignOffs;

namespace Governance.Portal.Features.SignOffs;

/// <summary>What the lines of the checklist are judged from.</summary>
internal sealed record ChecklistInput
{
    /// <summary>The version.</summary>
    public required VersionView View { get; init; }

    /// <summary>The policy pack that counts.</summary>
    public required PolicyPack Pack { get; init; }

    /// <summary>The measured findings of the latest evidence of each kind.</summary>
    public IReadOnlyList<DossierFinding> Current { get; init; } = [];

    /// <summary>The data that evidence was measured on.</summary>
    public IReadOnlyList<DossierData> Data { get; init; } = [];

    /// <summary>The sentences of findings as the person may read them, by the finding's id.</summary>
    public IReadOnlyDictionary<string, string> Sentences { get; init; } = new Dictionary<string, string>();

    /// <summary>The protected columns of the latest audit.</summary>
    public IReadOnlyList<string> Protected { get; init; } = [];

    /// <summary>The statements that count.</summary>
    public IReadOnlyList<AttestationView> Statements { get; init; } = [];

    /// <summary>The register of the version.</summary>
    public IReadOnlyList<RegisterView> Register { get; init; } = [];

    /// <summary>What the product measured or recorded beside findings.</summary>
    public ChecklistMeasures Measures { get; init; } = new();

    /// <summary>Different cases reviewed in this round, and how many the policy asks for.</summary>
    public (int Reviewed, int Disagreed, int Asked) Cases { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset Now { get; init; }
}
