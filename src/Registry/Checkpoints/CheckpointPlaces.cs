using Governance.Registry.Storage;

namespace Governance.Registry.Checkpoints;

/// <summary>Every place that copies of checkpoints are brought to, as the options name them.</summary>
public sealed class CheckpointPlaces : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;

    /// <summary>Makes them.</summary>
    public CheckpointPlaces(RegistryOptions options, CheckpointFile file, LedgerProofs proofs)
    {
        ArgumentNullException.ThrowIfNull(options);
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Patience, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Patience, MaxResponseContentBufferSize = SignedNote.MaxLength,
        };
        All =
        [
            new FilePlace(file),
            .. options.Checkpoints.Witnesses.Select(witness => new WitnessPlace(witness, proofs, http)),
            .. options.Checkpoints.Mail is MailOptions mail ? (ICheckpointPlace[])[new MailPlace(mail)] : [],
        ];
        HasMail = options.Checkpoints.Mail is not null;
        OnlyBesideTheData = All.Count == 1 && file.IsBesideTheData;
    }

    /// <summary>The file, the witnesses, the mail.</summary>
    public IReadOnlyList<ICheckpointPlace> All { get; }

    /// <summary>Whether checkpoints are mailed.</summary>
    public bool HasMail { get; }

    /// <summary>Whether the only copy lies on the disk of the data folder: whoever may write there can change both.</summary>
    public bool OnlyBesideTheData { get; }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
