using Governance.Registry.Access;
using Governance.Registry.Accounts;
using Governance.Registry.Alarms;
using Governance.Registry.Artifacts;
using Governance.Registry.BreakGlass;
using Governance.Registry.Checkpoints;
using Governance.Registry.Copies;
using Governance.Registry.Datasets;
using Governance.Registry.Evidence;
using Governance.Registry.ExternalSignIn;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.Packs;
using Governance.Registry.Proposals;
using Governance.Registry.Privacy;
using Governance.Registry.Protection;
using Governance.Registry.Register;
using Governance.Registry.Retention;
using Governance.Registry.Sessions;
using Governance.Registry.Signatures;
using Governance.Registry.SignOffs;
using Governance.Registry.Tokens;
using Governance.Registry.Teams;
using Governance.Registry.Versions;
using Governance.Registry.WhatIf;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Governance.Registry.Storage;

/// <summary>The one database. Read it through the queries; change it only through <see cref="AppendGate"/>.</summary>
/// <remarks>
/// One derived context per provider, because migrations are per provider. Identity's stores write sign-in matters
/// (lockout, stamps) by themselves; whatever is governed goes through the gate and is in the ledger.
/// </remarks>
public abstract partial class GovernanceDb(DbContextOptions options)
    : IdentityDbContext<GovernanceUser, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Model> Models => Set<Model>();

    public DbSet<ModelVersion> Versions => Set<ModelVersion>();

    public DbSet<VersionParent> VersionParents => Set<VersionParent>();

    public DbSet<VersionInspection> Inspections => Set<VersionInspection>();

    public DbSet<StageMove> StageMoves => Set<StageMove>();

    public DbSet<Dataset> Datasets => Set<Dataset>();

    public DbSet<ArtifactRecord> Artifacts => Set<ArtifactRecord>();

    public DbSet<AuditRun> Runs => Set<AuditRun>();

    public DbSet<RunLease> RunLeases => Set<RunLease>();

    public DbSet<EvidenceRecord> Evidence => Set<EvidenceRecord>();

    public DbSet<SignOff> SignOffs => Set<SignOff>();

    public DbSet<SealedDossier> SealedDossiers => Set<SealedDossier>();

    public DbSet<Attestation> Attestations => Set<Attestation>();

    public DbSet<CaseReview> CaseReviews => Set<CaseReview>();

    public DbSet<RegisterFinding> RegisterFindings => Set<RegisterFinding>();

    public DbSet<RegisterStep> RegisterSteps => Set<RegisterStep>();

    public DbSet<ModelGrant> Grants => Set<ModelGrant>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    public DbSet<BreakGlassRequest> BreakGlass => Set<BreakGlassRequest>();

    public DbSet<Proposal> Proposals => Set<Proposal>();

    public DbSet<PersonalText> PersonalTexts => Set<PersonalText>();

    public DbSet<LegalHold> Holds => Set<LegalHold>();

    public DbSet<RetentionChoice> RetentionChoices => Set<RetentionChoice>();

    public DbSet<Erasure> Erasures => Set<Erasure>();

    public DbSet<PublisherKey> PublisherKeys => Set<PublisherKey>();

    public DbSet<VersionSignature> Signatures => Set<VersionSignature>();

    public DbSet<ProbeRecord> Probes => Set<ProbeRecord>();

    public DbSet<ApiToken> Tokens => Set<ApiToken>();

    public DbSet<TokenUse> TokenUses => Set<TokenUse>();

    public DbSet<ExternalLogin> ExternalLogins => Set<ExternalLogin>();

    public DbSet<ColumnMark> ColumnMarks => Set<ColumnMark>();

    public DbSet<PrivacyKeyRecord> PrivacyKeys => Set<PrivacyKeyRecord>();

    public DbSet<RowRead> RowReads => Set<RowRead>();

    public DbSet<ShownCohort> ShownCohorts => Set<ShownCohort>();

    public DbSet<SubjectRequest> SubjectRequests => Set<SubjectRequest>();

    public DbSet<SubjectErasure> SubjectErasures => Set<SubjectErasure>();

    public DbSet<WhatIfSession> WhatIfSessions => Set<WhatIfSession>();

    public DbSet<WhatIfEdit> WhatIfEdits => Set<WhatIfEdit>();

    public DbSet<BudgetChoice> BudgetChoices => Set<BudgetChoice>();

    public DbSet<TheftAlarm> TheftAlarms => Set<TheftAlarm>();

    public DbSet<AlarmStep> AlarmSteps => Set<AlarmStep>();

    public DbSet<GaugeReading> GaugeReadings => Set<GaugeReading>();

    public DbSet<GaugeMark> GaugeMarks => Set<GaugeMark>();

    public DbSet<GaugeDecision> GaugeDecisions => Set<GaugeDecision>();

    public DbSet<ThrottleChoice> ThrottleChoices => Set<ThrottleChoice>();

    public DbSet<OutputPolicyChoice> OutputPolicyChoices => Set<OutputPolicyChoice>();

    public DbSet<RegisteredPack> PolicyPacks => Set<RegisteredPack>();

    public DbSet<PolicyAdoption> PolicyAdoptions => Set<PolicyAdoption>();

    public DbSet<AnswerUse> AnswerUses => Set<AnswerUse>();

    public DbSet<AnsweredQuery> AnsweredQueries => Set<AnsweredQuery>();

    public DbSet<AnswerSecret> AnswerSecrets => Set<AnswerSecret>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SecondFactor> SecondFactors => Set<SecondFactor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    public DbSet<PackExport> PackExports => Set<PackExport>();

    public DbSet<SigningKeyRecord> SigningKeys => Set<SigningKeyRecord>();

    public DbSet<CheckpointRecord> Checkpoints => Set<CheckpointRecord>();

    public DbSet<CheckpointCopy> CheckpointCopies => Set<CheckpointCopy>();

    public DbSet<CopyFailure> CopyFailures => Set<CopyFailure>();

    /// <summary>The moment by the registry's own clock, UTC, to the microsecond: nobody judges an end by another one.</summary>
    public DateTimeOffset Now => Microseconds.Truncate(this.GetService<TimeProvider>().GetUtcNow());

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondUtcConverter>();
        configurationBuilder.Properties<ArtifactDigest>().HaveConversion<ArtifactDigestConverter>().HaveMaxLength(Sha256Hex.Length);
        configurationBuilder.Properties<FactDigest>().HaveConversion<FactDigestConverter>().HaveMaxLength(Sha256Hex.Length);
        foreach (Type id in GuidIds.All)
        {
            configurationBuilder.Properties(id).HaveConversion(typeof(GuidIdConverter<>).MakeGenericType(id));
        }

        configurationBuilder.Properties<EnumSet<Stage>>().HaveConversion<EnumSetConverter<Stage>>();
        configurationBuilder.Properties<EnumSet<ReviewArea>>().HaveConversion<EnumSetConverter<ReviewArea>>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(GovernanceDb).Assembly);
    }
}

/// <summary>The database on SQLite: the embedded default.</summary>
public sealed class SqliteGovernanceDb(DbContextOptions<SqliteGovernanceDb> options) : GovernanceDb(options);

/// <summary>The database on PostgreSQL: for more than one node.</summary>
public sealed class PostgreSqlGovernanceDb(DbContextOptions<PostgreSqlGovernanceDb> options) : GovernanceDb(options);
