use p256::ecdsa::signature::hazmat::PrehashSigner as _;

use super::{P256Key, P384Key, PreparedKeys};

#[test]
fn smoke() {
    let prepared = PreparedKeys::new(1);
    let secret = p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap();
    let point = secret.verifying_key().to_sec1_point(false);
    let key = P384Key::from_sec1(point.as_bytes()).unwrap();
    assert_eq!(
        P384Key::from_sec1(secret.verifying_key().to_sec1_point(true).as_bytes()).unwrap(),
        key
    );
    for i in 0..100_u8 {
        let digest = [i; 48];
        let signature: p384::ecdsa::Signature = secret.sign_prehash(&digest).unwrap();
        let signature: [u8; 96] = signature.to_bytes().into();
        assert!(key.verify(&digest, &signature, Some(&prepared)), "{i} {}", key.is_prepared());
        assert!(!key.verify(&[i + 1; 48], &signature, Some(&prepared)));
    }
    assert!(key.is_prepared());
    let secret = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let point = secret.verifying_key().to_sec1_point(false);
    let key = P256Key::from_sec1(point.as_bytes()).unwrap();
    let prepared = PreparedKeys::new(1);
    for i in 0..100_u8 {
        let digest = [i; 32];
        let signature: p256::ecdsa::Signature = secret.sign_prehash(&digest).unwrap();
        let signature: [u8; 64] = signature.to_bytes().into();
        assert!(key.verify(&digest, &signature, Some(&prepared)), "{i} {}", key.is_prepared());
        assert!(!key.verify(&[i + 1; 32], &signature, Some(&prepared)));
    }
    assert!(key.is_prepared());
}
